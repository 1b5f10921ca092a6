package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.SplitImages;

/**
 * mini-ImageNet with the split of Ravi and Larochelle (2017): 64 training, 16 validation and 20 test classes of 600 colour
 * photographs. ImageNet's terms allow research and education only, so the set is not shipped: give the path of a zip.
 *
 * <p>Two layouts are known, told apart by their content. Images: {@code train|val|test/WNID/FILE.jpg}. Sheets:
 * {@code train|val|test/WNID.jpg}, one JPEG a class that is tiled with 32x32 images, row by row from the top left; a sheet
 * has no empty tiles. Classes are named by their WordNet id, sorted within train, then val, then test.
 */
public final class MiniImageNet {

    /** The side of a tile on a sheet, in pixels. */
    public static final int TILE = 32;

    private static final Pattern SHEET = Pattern.compile("(?:train|val|test)/[^/]+\\.jpe?g");
    private static final List<String> PARTS = List.of("train/", "val/", "test/");

    private MiniImageNet() {}

    /** All 600 images a class, 32x32, from {@code mini-imagenet/mini-imagenet-32x32-sheets.zip} in {@link DataFolder}. */
    public static SplitImages small() {
        return read(DataFolder.find("mini-imagenet/mini-imagenet-32x32-sheets.zip"), ImageFormat.colour(TILE));
    }

    /** The first 100 images a class, 84x84, from {@code mini-imagenet/mini-imagenet-84x84-first100.zip} in {@link DataFolder}. */
    public static SplitImages large() {
        return read(DataFolder.find("mini-imagenet/mini-imagenet-84x84-first100.zip"), ImageFormat.colour(84));
    }

    /** Reads a zip (or folder) of either layout, on all processors, into the given form. */
    public static SplitImages read(Path path, ImageFormat format) {
        List<String> sheets;
        try (FileTree tree = FileTree.open(path)) {
            sheets = tree.files().stream()
                    .filter(f -> SHEET.matcher(f).matches())
                    .toList();
            if (!sheets.isEmpty()) {
                return SplitImages.byPrefix(named(fromSheets(tree, sheets, format)));
            }
        }
        return SplitImages.byPrefix(named(ImageCollection.scan(path).byFolder().load(format)));
    }

    /** Puts train before val before test, as the lists of the split do, and gives the set its name. */
    private static LabelledImages named(LabelledImages images) {
        List<Integer> order = new ArrayList<>();
        for (String part : PARTS) {
            for (int c = 0; c < images.classes(); c++) {
                if (images.className(c).startsWith(part)) {
                    order.add(c);
                }
            }
        }
        if (order.size() < images.classes()) {
            throw new DataException(
                    images.name() + " is not laid out as mini-ImageNet: expected the folders train, val and test");
        }
        return images.select(order).named("mini-imagenet");
    }

    private static LabelledImages fromSheets(FileTree tree, List<String> sheets, ImageFormat format) {
        List<byte[]> pixels = IntStream.range(0, sheets.size())
                .parallel()
                .mapToObj(i -> tiles(tree, sheets.get(i), format))
                .toList();
        LabelledImages.Builder builder =
                LabelledImages.builder("mini-imagenet", format.channels(), format.height(), format.width());
        for (int c = 0; c < sheets.size(); c++) {
            String file = sheets.get(c);
            builder.add(file.substring(0, file.lastIndexOf('.')), pixels.get(c));
        }
        return builder.build();
    }

    private static byte[] tiles(FileTree tree, String file, ImageFormat format) {
        String what = tree.describe(file);
        Picture sheet = Picture.decode(tree.read(file, Limits.DEFAULT.fileBytes()), what, Limits.DEFAULT.pixels());
        if (sheet.width() % TILE != 0 || sheet.height() % TILE != 0) {
            throw new DataException(what + " is " + sheet.width() + "x" + sheet.height() + " pixels, but a sheet of "
                    + TILE + "x" + TILE + " tiles must have sides that are multiples of " + TILE);
        }
        int perRow = sheet.width() / TILE;
        int tiles = perRow * (sheet.height() / TILE);
        byte[] out = new byte[Math.multiplyExact(tiles, format.bytes())];
        for (int k = 0; k < tiles; k++) {
            sheet.crop(k / perRow * TILE, k % perRow * TILE, TILE, TILE)
                    .as(format)
                    .copyTo(out, k * format.bytes());
        }
        return out;
    }
}
