package org.deutero.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** What the native library under this module is and how it is set, for people who look for a fault. */
public final class LibTorch {
    /** Prefixes of variables by which the environment picks other kernels. */
    private static final String[] KERNEL_VARIABLES = {"ONEDNN_", "DNNL_", "ATEN_CPU_CAPABILITY", "OPENBLAS_CORETYPE"};

    private LibTorch() {}

    /**
     * What is loaded and set, in the order in which it should be read: kernels in use, threads of one call on this thread, and what is switched
     * off. Loads the library if that has not happened yet.
     */
    public static Map<String, String> describe() {
        Natives.ensureLoaded();
        Natives.prepareThread();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kernels", text(torch.get_cpu_capability()) + ", oneDNN " + oneDnn());
        facts.put("threads of a call", Integer.toString(torch.get_num_threads()));
        facts.put("threads of OpenBLAS", Integer.toString(openblas_nolapack.blas_get_num_threads()));
        facts.put("NNPACK", torch.globalContext().userEnabledNNPACK() ? "on" : "off");
        return facts;
    }

    /**
     * The variables among these that make libtorch compute with other kernels than it would choose for the processor. Results are then right
     * but differ in their last bits, or with a lower precision asked for in more than those.
     *
     * @param environment names and values, such as {@link System#getenv()}
     */
    public static Map<String, String> kernelVariables(Map<String, String> environment) {
        Map<String, String> found = new TreeMap<>();
        environment.forEach((name, value) -> {
            for (String prefix : KERNEL_VARIABLES) {
                if (name.startsWith(prefix)) {
                    found.put(name, value);
                }
            }
        });
        return found;
    }

    private static String oneDnn() {
        // "Intel(R) MKL-DNN v3.12.0 (Git Hash ...)"
        return text(torch.get_mkldnn_version()).replaceAll("(?s).*?v(\\d[\\d.]*).*", "$1");
    }

    private static String text(BytePointer pointer) {
        try (pointer) {
            return pointer.getString().strip();
        }
    }
}
