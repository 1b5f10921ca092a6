package org.deutero.tasks.files;

/** Hears how far the loading of pictures is. Calls may come from any thread, one at a time. */
public interface LoadListener {

    /** Hears nothing. */
    LoadListener NONE = new LoadListener() {
        @Override
        public void decoded(int done, int total) {}

        @Override
        public void note(String sentence) {}
    };

    /** So many pictures of {@code total} are decoded; called now and then, and at the end. */
    void decoded(int done, int total);

    /** Something that a person should know, such as a damaged cache. */
    void note(String sentence);
}
