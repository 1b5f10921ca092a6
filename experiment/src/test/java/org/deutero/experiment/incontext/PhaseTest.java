package org.deutero.experiment.incontext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deutero.experiment.incontext.PhasePicture.Point;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final double CHANCE = 0.2;

    /** A straight line from the first to the last accuracy, of which the last two positions count. */
    private static Positions line(double first, double late) {
        List<Figure> at = IntStream.range(0, 5)
                .mapToObj(t -> new Figure(t < 4 ? first + (late - first) * t / 3.0 : late, 0.01))
                .toList();
        return new Positions(at, new Figure((at.get(3).mean() + at.get(4).mean()) / 2, 0.01));
    }

    private static Phase phase(double seenFirst, double seenLate, double unseenFirst, double unseenLate) {
        return Phase.of(line(seenFirst, seenLate), line(unseenFirst, unseenLate), CHANCE);
    }

    /** The figures of the reduced prototype with 16, 64 and 1,024 tasks, and of the plateau. */
    @Test
    void publishedCurvesFallWhereTheyShould() {
        assertThat(phase(0.933, 0.946, 0.2, 0.198)).isEqualTo(Phase.MEMORISE);
        assertThat(phase(0.743, 0.90, 0.2, 0.193)).isEqualTo(Phase.IDENTIFY);
        assertThat(phase(0.2, 0.675, 0.2, 0.655)).isEqualTo(Phase.LEARN);
        assertThat(phase(0.2, 0.21, 0.2, 0.19)).isEqualTo(Phase.NOTHING);
    }

    @Test
    void theRuleTurnsAtTheMargin() {
        double more = Phase.MARGIN + 1e-9;
        double less = Phase.MARGIN - 1e-9;
        assertThat(phase(0.5, 0.9, CHANCE, CHANCE + more)).isEqualTo(Phase.LEARN);
        assertThat(phase(0.5, 0.5 + more, CHANCE, CHANCE + less)).isEqualTo(Phase.IDENTIFY);
        assertThat(phase(CHANCE + more, CHANCE + more + less, CHANCE, CHANCE + less))
                .isEqualTo(Phase.MEMORISE);
        assertThat(phase(CHANCE + less, CHANCE + less, CHANCE, CHANCE)).isEqualTo(Phase.NOTHING);
        // Getting worse within a sequence is no gain.
        assertThat(phase(0.9, 0.5, 0.9, 0.2)).isEqualTo(Phase.MEMORISE);
    }

    @Test
    void neighboursOfOnePhaseAreARegion() {
        List<Phase> phases = List.of(Phase.MEMORISE, Phase.MEMORISE, Phase.IDENTIFY, Phase.LEARN, Phase.LEARN);
        List<Point> points = IntStream.range(0, phases.size())
                .mapToObj(i -> new Point(1L << i, line(0, 1), line(0, 1), Map.of(), phases.get(i)))
                .toList();
        List<PhasePicture.Region> regions = new PhasePicture(points, CHANCE, null).regions();
        assertThat(regions)
                .extracting(PhasePicture.Region::phase)
                .containsExactly(Phase.MEMORISE, Phase.IDENTIFY, Phase.LEARN);
        assertThat(regions).extracting(PhasePicture.Region::from).containsExactly(1L, 4L, 8L);
        assertThat(regions).extracting(PhasePicture.Region::to).containsExactly(2L, 4L, 16L);
    }

    /** Four sequences of three positions, the last two of which count. */
    @Test
    void figuresAreMeansOverSequences() {
        boolean[][] right = {{true, true, false}, {false, true, true}, {false, true, true}, {false, false, true}};
        Positions positions = Positions.of(right, 1);
        assertThat(positions.at()).extracting(Figure::mean).containsExactly(0.25, 0.75, 0.75);
        assertThat(positions.first()).isEqualTo(positions.at().get(0));
        // Per sequence 1/2, 1, 1, 1/2: deviation sqrt(4/16/3).
        assertThat(positions.late().mean()).isEqualTo(0.75);
        assertThat(positions.late().interval()).isCloseTo(1.96 * Math.sqrt(1 / 12.0) / 2, within(1e-12));
        assertThat(positions.gain()).isEqualTo(0.5);
    }

    /** Two seeds: Student's t with one degree of freedom. */
    @Test
    void intervalsOfSeveralSeedsAreOverSeeds() {
        Positions one = new Positions(List.of(new Figure(0.2, 9)), new Figure(0.4, 9));
        Positions two = new Positions(List.of(new Figure(0.4, 9)), new Figure(0.4, 9));
        Positions both = Positions.over(List.of(one, two));
        assertThat(both.first().mean()).isCloseTo(0.3, within(1e-12));
        assertThat(both.first().interval()).isCloseTo(12.706 * 0.1, within(1e-9));
        assertThat(both.late()).isEqualTo(new Figure(0.4, 0));
        assertThat(Positions.over(List.of(one))).isSameAs(one);
    }
}
