package org.deutero.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class LabelledImagesTest {

    private static LabelledImages.Builder builder() {
        return LabelledImages.builder("set", 1, 1, 2);
    }

    @Test
    void classesMayDifferInSize() {
        LabelledImages data = builder()
                .add("a", new byte[] {0, 51})
                .add("b", new byte[] {1, 2, (byte) 255, (byte) 204})
                .build();
        assertThat(data.classes()).isEqualTo(2);
        assertThat(data.count(0)).isEqualTo(1);
        assertThat(data.count(1)).isEqualTo(2);
        assertThat(data.total()).isEqualTo(3);
        assertThat(data.classNames()).containsExactly("a", "b");
        assertThat(data.image(1, 1).at(0, 0, 0)).isEqualTo(255);
        assertThatThrownBy(() -> data.image(0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Index 1 out of bounds for length 1");
        try (Scope s = Scope.open()) {
            Tensor b = data.tensor(1);
            assertThat(b.shape()).containsExactly(2, 1, 1, 2);
            assertThat(b.floats()).containsExactly(1 / 255f, 2 / 255f, 1f, 0.8f);
        }
    }

    @Test
    void refusesWhatIsNoDataSet() {
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no classes");
        assertThatThrownBy(() -> builder().add("a", new byte[0])).hasMessage("class 'a' of set has no images");
        assertThatThrownBy(() -> builder().add("a", new byte[3])).hasMessageContaining("3 bytes");
        assertThatThrownBy(() ->
                        builder().add("a", new byte[2]).add("a", new byte[2]).build())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two classes named 'a'");
    }

    @Test
    void selectsAndJoins() {
        LabelledImages ab =
                builder().add("a", new byte[2]).add("b", new byte[4]).build();
        LabelledImages c = builder().add("c", new byte[6]).build();
        LabelledImages all = ab.and(c);
        assertThat(all.classNames()).containsExactly("a", "b", "c");
        assertThat(all.select(List.of(2, 0)).classNames()).containsExactly("c", "a");
        assertThat(all.select(List.of(2)).count(0)).isEqualTo(3);
        assertThatThrownBy(() -> all.and(c))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("has two classes named 'c'");
        assertThatThrownBy(() -> all.select(List.of(3)))
                .isInstanceOf(DataException.class)
                .hasMessage("there is no class 3 in set+set, which has 3");
        assertThatThrownBy(() -> all.and(ab.as(ImageFormat.grey(4))))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("cannot be joined: their images differ in form");
    }

    @Test
    void convertsEveryImage() {
        LabelledImages data = builder()
                .add("a", new byte[] {10, 20, 30, 50})
                .build()
                .as(new ImageFormat(3, 1, 1, Resampling.AREA, true));
        assertThat(data.channels()).isEqualTo(3);
        assertThat(data.image(0, 0).at(2, 0, 0)).isEqualTo(255 - 15);
        assertThat(data.image(0, 1).at(0, 0, 0)).isEqualTo(255 - 40);
    }

    @Test
    void takesTheSplitFromFolderNames() {
        LabelledImages data = builder()
                .add("test/x", new byte[2])
                .add("train/y", new byte[2])
                .add("val/z", new byte[2])
                .build();
        SplitImages split = SplitImages.byPrefix(data);
        assertThat(split.images().classNames()).containsExactly("x", "y", "z");
        assertThat(split.split().train()).containsExactly(1);
        assertThat(split.split().validation()).containsExactly(2);
        assertThat(split.split().test()).containsExactly(0);
        LabelledImages leak =
                builder().add("test/x", new byte[2]).add("train/x", new byte[2]).build();
        assertThatThrownBy(() -> SplitImages.byPrefix(leak))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("has two classes named 'x'");
        LabelledImages other = builder().add("dev/x", new byte[2]).build();
        assertThatThrownBy(() -> SplitImages.byPrefix(other)).hasMessageContaining("dev/x");
    }
}
