package org.deutero.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.Numbers;
import org.junit.jupiter.api.Test;

class DrawingTest {
    @Test
    void pngReadsBackPixelForPixel() throws IOException {
        float[] grey = {0, 1, 0.5f, 0.25f, 0, 1};
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Png.encode(grey, 1, 2, 3)));
        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getHeight()).isEqualTo(2);
        assertThat(image.getRaster().getSample(0, 1, 0)).isEqualTo(64);
        float[] colour = {1, 0, 0, 1, 0, 0.2f};
        BufferedImage rgb = ImageIO.read(new ByteArrayInputStream(Png.encode(colour, 3, 1, 2)));
        assertThat(rgb.getRGB(0, 0)).isEqualTo(0xffff0000);
        assertThat(rgb.getRGB(1, 0)).isEqualTo(0xff00ff33);
    }

    @Test
    void aPictureOfTheWrongSizeIsRefused() {
        assertThatThrownBy(() -> Png.encode(new float[5], 1, 2, 3)).hasMessageContaining("1 x 2 x 3");
    }

    @Test
    void ticksAreRound() {
        assertThat(Axis.over(0, 5, false, false).ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(Axis.over(0.1, 100, true, false).ticks()).containsExactly(0.1, 1.0, 10.0, 100.0);
        assertThat(Axis.over(3, 3, false, true).ticks()).isNotEmpty();
        assertThat(Axis.over(Double.NaN, Double.NaN, true, true).ticks()).isNotEmpty();
    }

    @Test
    void logAxisPlacesEqualRatiosEquallyFarApart() {
        Axis axis = new Axis(1, 100, true);
        assertThat(axis.fraction(10)).isEqualTo(0.5);
    }

    @Test
    void smoothingKeepsALineAndThinningKeepsTheMean() {
        double[] line = new double[100];
        for (int i = 0; i < 100; i++) {
            line[i] = i;
        }
        assertThat(Curves.smooth(line, 0.1)[3]).isEqualTo(3);
        assertThat(Curves.smooth(line, 0.1)[50]).isEqualTo(50);
        assertThat(Curves.thin(line, 10)).hasSize(10).startsWith(4.5);
        assertThat(Curves.smooth(new double[] {Double.NaN}, 0.1)[0]).isNaN();
    }

    @Test
    void gapsBreakTheCurve() {
        double[] x = {0, 1, 2, 3, 4};
        double[] y = {1, 2, Double.NaN, 1, 2};
        String svg = new LineChart("x", "y").add(Series.line("a", "c1", x, y)).svg();
        assertThat(svg.replaceAll("(?s).*class=\"curve\" d=\"([^\"]*)\".*", "$1")
                        .chars()
                        .filter(c -> c == 'M'))
                .hasSize(2);
    }

    @Test
    void headlinesAreRoundedToTheirInterval() {
        assertThat(Headline.value(98.7345, 0.2091, true)).isEqualTo("98.73 ± 0.21 %");
        assertThat(Headline.value(43.2, 1.9, true)).isEqualTo("43.2 ± 1.9 %");
        assertThat(Headline.value(0.5, Double.NaN, false)).isEqualTo("0.5");
    }

    @Test
    void briefNumbers() {
        assertThat(Numbers.brief(12_500)).isEqualTo("12.5k");
        assertThat(Numbers.brief(0.00012)).isEqualTo("1.2e-4");
        assertThat(Numbers.brief(0)).isEqualTo("0");
        assertThat(Numbers.brief(Double.NaN)).isEqualTo("–");
    }
}
