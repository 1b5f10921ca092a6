package org.deutero.tasks.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A published set with a published split of its classes. */
public enum Benchmark {
    /** CIFAR-100 with the split of Bertinetto et al. (2019). */
    CIFAR_FS(60_000, 600, "cifar-100-binary.tar.gz, or the folder in it with train.bin and test.bin"),

    /** CIFAR-100 split by superclass, Oreshkin et al. (2018). */
    FC100(60_000, 600, "cifar-100-binary.tar.gz, or the folder in it with train.bin and test.bin"),

    /** CUB-200-2011 with the split of Chen et al. (2019). */
    CUB(11_788, 0, "the folder CUB_200_2011, or its folder images"),

    /** Ren et al. (2018): classes of ImageNet split by parent. */
    TIERED_IMAGENET(779_165, 0, "a folder that holds one folder of pictures for each WordNet id, at any depth"),

    /** 100 classes of ImageNet with the split of Ravi and Larochelle (2017). */
    MINI_IMAGENET(
            60_000,
            600,
            "a folder that holds one folder of pictures for each WordNet id, or train.csv, val.csv, test.csv and images");

    private final int pictures;
    private final int perClass;
    private final String expects;

    Benchmark(int pictures, int perClass, String expects) {
        this.pictures = pictures;
        this.perClass = perClass;
        this.expects = expects;
    }

    /** The name on the command line: {@code cifar-fs}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Pictures of all classes, as published. */
    public int pictures() {
        return pictures;
    }

    /** Pictures of each class, as published; 0 if that differs from class to class. */
    public int perClass() {
        return perClass;
    }

    /** What to give to an import, in words. */
    public String expects() {
        return expects;
    }

    /** Whether the pictures are CIFAR-100's. */
    boolean cifar() {
        return this == CIFAR_FS || this == FC100;
    }

    /** The benchmark of that name. */
    public static Optional<Benchmark> named(String label) {
        return Arrays.stream(values()).filter(b -> b.label().equals(label)).findFirst();
    }

    /** Names of all. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Benchmark::label).toList();
    }
}
