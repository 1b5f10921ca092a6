package org.deutero.app.command;

/** The module that reads and writes ONNX, which is not part of the program. */
final class OnnxModule {
    private OnnxModule() {}

    /** The sentence for its absence; {@code work} is what it would have done, in the passive. */
    static String missing(String work) {
        return work
                + " by the module onnx, which is not installed: \"deutero install onnx\" fetches it (57 MB, once); or name its jars with --plugin";
    }
}
