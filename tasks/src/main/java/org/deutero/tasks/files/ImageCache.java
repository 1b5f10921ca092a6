package org.deutero.tasks.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tensor.files.FileReasons;

/**
 * Pictures that are decoded once and then kept, at the size and in the colours of a recipe.
 *
 * <p>There is one file for each pair of a path and a form. It holds a checksum over names, sizes and times of all pictures and
 * over the settings of the decoder; if that differs, because a picture was changed, added or removed, the file is made anew.
 * So is a damaged one, and a person is told. A cache that cannot be written is told, too, and done without.
 *
 * @param folder where the files are; need not exist
 */
public record ImageCache(Path folder) {

    /** Loads from the cache, or decodes and fills it. */
    public LabelledImages load(ImageCollection images, ImageFormat format, Unusable unusable, LoadListener listener) {
        String key = Fingerprint.of(images, format, unusable);
        Path file = file(images, format);
        Optional<PackedImages> kept;
        try {
            kept = read(file, key, listener);
        } catch (OutOfMemoryError e) {
            throw images.outOfMemory(format, e);
        }
        if (kept.isPresent()) {
            kept.get().notes().forEach(listener::note);
            return kept.get().images();
        }
        Recorder recorder = new Recorder(listener, new ArrayList<>());
        LabelledImages decoded = images.load(format, unusable, recorder);
        try {
            new PackedImages(decoded, recorder.notes).write(file, key);
        } catch (IOException e) {
            listener.note("The decoded pictures of " + images.path() + " cannot be kept in " + folder + " ("
                    + FileReasons.of(e) + "), so they will be decoded again next time.");
        }
        return decoded;
    }

    private static Optional<PackedImages> read(Path file, String key, LoadListener listener) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return PackedImages.read(file, key);
        } catch (IOException e) {
            String reason = FileReasons.of(e);
            listener.note("The cache " + file + " is damaged (" + reason + ") and is made anew.");
            return Optional.empty();
        }
    }

    /** The file for pictures of one place in one form. */
    Path file(ImageCollection images, ImageFormat format) {
        String place = images.path().toAbsolutePath().normalize().toString();
        String name = String.valueOf(images.path().getFileName()).replaceAll("[^A-Za-z0-9._-]+", "-");
        String hash = Fingerprint.of(place + "\n" + format).substring(0, 16);
        return folder.resolve(name.substring(0, Math.min(40, name.length())) + "-" + format.channels() + "x"
                + format.height() + "x" + format.width() + "-" + hash + ".images");
    }

    /** Passes everything on, and remembers the notes. */
    private record Recorder(LoadListener to, List<String> notes) implements LoadListener {
        @Override
        public void decoded(int done, int total) {
            to.decoded(done, total);
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
            to.note(sentence);
        }
    }
}
