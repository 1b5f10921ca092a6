package org.deutero.app.progress;

import java.util.Locale;
import org.deutero.tasks.files.LoadListener;

/** Tells in plain lines how far the decoding of pictures is; nothing if it takes no time worth telling. */
public final class LoadMessages implements LoadListener {
    private final ProgressDisplay display;
    private boolean told;

    /** Lines go to the display. */
    public LoadMessages(ProgressDisplay display) {
        this.display = display;
    }

    @Override
    public synchronized void decoded(int done, int total) {
        if (done < total) {
            told = true;
            display.message(String.format(Locale.ROOT, "Decoding pictures: %,d of %,d", done, total));
        } else if (told) {
            display.message(String.format(Locale.ROOT, "Decoded %,d pictures.", total));
        }
    }

    @Override
    public synchronized void note(String sentence) {
        display.message(sentence);
    }
}
