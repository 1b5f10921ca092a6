package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures and splits in CSV files. */
class ListedFilesTest {

    @TempDir
    private Path dir;

    @BeforeEach
    void writePictures() throws IOException {
        Files.createDirectories(dir.resolve("images"));
        Files.write(dir.resolve("images/a.png"), TestFiles.shade("png", 2, 2, 10));
        Files.write(dir.resolve("images/b.png"), TestFiles.shade("png", 2, 2, 20));
        Files.write(dir.resolve("c, d.png"), TestFiles.shade("png", 2, 2, 30));
    }

    private Path csv(String... lines) throws IOException {
        return Files.write(dir.resolve("list.csv"), List.of(lines));
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }

    @Test
    void readsPathsAndLabelsWhateverTheColumnsAreCalled() throws IOException {
        for (String header : new String[] {"\ufefffilename,label", "image,class", "Path,Label"}) {
            Path list = csv(header, "b.png,cat", "", "images/a.png,cat", "\"c, d.png\",\"dog, \"\"wild\"\"\"");
            LabelledImages images = ImageCollection.scan(list).load(ImageFormat.grey(2));
            assertThat(images.classNames()).containsExactly("cat", "dog, \"wild\"");
            assertThat(images.image(0, 0).at(0, 0, 0)).isEqualTo(20); // in the order of the list
            assertThat(images.image(0, 1).at(0, 0, 0)).isEqualTo(10);
            assertThat(images.image(1, 0).at(0, 0, 0)).isEqualTo(30);
        }
        Path more = csv("id,label,size,path", "7,cat,2,b.png");
        assertThat(ImageCollection.scan(more).classNames()).containsExactly("cat");
    }

    @Test
    void refusesListsThatMakeNoSense() throws IOException {
        refused(() -> ImageCollection.scan(csv("b.png,cat")), "list.csv", "header", "path,label");
        refused(() -> ImageCollection.scan(csv("path,label", "b.png")), "line 2 of", "list.csv", "b.png");
        refused(() -> ImageCollection.scan(csv("path,label", "b.png,")), "line 2");
        refused(() -> ImageCollection.scan(csv("path,label", "b.png,x", "b.png,y")), "line 3", "another class");
        refused(() -> ImageCollection.scan(csv("path,label")), "no classes");
        refused(() -> ImageCollection.scan(csv("path,label", "b.png,x", "a.png,X")), "'X'", "'x'");
        ImageCollection gone = ImageCollection.scan(csv("path,label", "gone.png,x"));
        refused(() -> gone.load(ImageFormat.grey(2)), "gone.png", "does not exist");
        Path binary = Files.write(dir.resolve("binary.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        refused(() -> ImageCollection.scan(binary), "binary.csv", "not UTF-8");
    }

    @Test
    void readsWhatSpreadsheetsWrite() throws IOException {
        String[] rows = {"path;label", "a.png;cat", "b.png;\"dog; wild\"", "\"c, d.png\";cat", ";;"};
        String text = String.join("\r\n", rows[0], rows[1], rows[2], rows[3], "");
        String tabs = "label\tpath\r\ncat\ta.png\r\ndog; wild\tb.png\r\ncat\tc, d.png\r\n";
        for (String content :
                new String[] {text, "sep=;\r\n" + text, "\"sep=;\"\n" + text, "\n" + text, tabs, "sep=\t\n" + tabs}) {
            for (Charset charset :
                    List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                for (String mark : new String[] {"", "\ufeff"}) {
                    Path list = Files.write(dir.resolve("list.tsv"), (mark + content).getBytes(charset));
                    ImageCollection scan = ImageCollection.scan(list);
                    assertThat(scan.classNames()).containsExactly("cat", "dog; wild");
                    assertThat(scan.load(ImageFormat.grey(2)).total()).isEqualTo(3);
                }
            }
        }
        Path windows = csv("path,label", "images\\a.png,cat", "b.png,dog");
        assertThat(ImageCollection.scan(windows).load(ImageFormat.grey(2)).total())
                .isEqualTo(2);
    }

    @Test
    void aColumnOfPartsIsTheSplit() throws IOException {
        ImageCollection scan = ImageCollection.scan(csv("path,label,split", "a.png,x,train", "b.png,y,Test"));
        ClassSplit split = scan.parts().orElseThrow().split(scan.classNames());
        assertThat(split).isEqualTo(new ClassSplit(List.of(0), List.of(), List.of(1)));
        ImageCollection both = ImageCollection.scan(csv("path;label;split", "a.png;x;train", "b.png;x;test"));
        assertThat(both.parts().orElseThrow().fault().orElseThrow())
                .contains("'x'", "train in line 2", "test in line 3");
        assertThat(ImageCollection.scan(csv("path,label,set", "a.png,x,1", "b.png,y,2"))
                        .parts())
                .isEmpty();
    }

    @Test
    void splitFilesAreCommasOrBlanks() throws IOException {
        List<String> names = List.of("cat", "grey wolf", "dog", "train");
        Path commas = csv("class,split", "# mine", "cat,train", "", "grey wolf,validation", "train,test");
        Path blanks = Files.writeString(dir.resolve("split.txt"), "cat\ttrain\ngrey wolf  val\ntrain TEST\n");
        Path semicolons = Files.write(
                dir.resolve("split.tsv"),
                "\ufeffclass;split\r\ncat;train\r\ngrey wolf;Validation\r\ntrain;test"
                        .getBytes(StandardCharsets.UTF_16LE));
        for (Path file : List.of(commas, blanks, semicolons)) {
            assertThat(SplitFile.read(file, names).train()).containsExactly(0);
            assertThat(SplitFile.read(file, names).validation()).containsExactly(1);
            assertThat(SplitFile.read(file, names).test()).containsExactly(3);
        }
    }

    @Test
    void refusesSplitFilesThatMakeNoSense() throws IOException {
        List<String> names = List.of("cat", "dog");
        refused(() -> SplitFile.read(csv("cat,train", "emu,test"), names), "line 2", "list.csv", "'emu'");
        refused(
                () -> SplitFile.read(csv("cat,train", "cat,test"), names),
                "'cat'",
                "twice",
                "lines 1 and 2",
                "two parts");
        refused(() -> SplitFile.read(csv("cat,train", "dog,tst"), names), "line 2", "dog,tst", "cat,train");
        refused(() -> SplitFile.read(csv("cat"), names), "line 1");
        refused(() -> SplitFile.read(dir.resolve("gone.csv"), names), "gone.csv");
    }
}
