package org.deutero.tasks.files;

import java.util.Locale;
import java.util.Set;

/** What files and folders are by their names: the same rules wherever pictures are read. */
public final class PictureNames {

    /** What file systems, desktops, network drives, archivers and editors put beside one's own files. In lower case. */
    private static final Set<String> LITTER = Set.of(
            "lost+found",
            "$recycle.bin",
            "recycler",
            "system volume information",
            "found.000",
            "thumbs.db",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            "picasa.ini",
            "__macosx",
            "icon\r",
            "network trash folder",
            "temporary items",
            "thevolumesettingsfolder",
            "@eadir",
            "@tmp",
            "@sharebin",
            "@sharesnap",
            "#recycle",
            "#snapshot",
            "@recycle",
            "@recently-snapshot",
            "@snapshot",
            "@transcode",
            "~snapshot",
            "__pycache__");

    private static final String RESOURCE_FORK = "._";

    private PictureNames() {}

    /** Whether a file is named like a picture that can be read: {@code .png}, {@code .jpg} or {@code .jpeg}, in any case. */
    public static boolean isPicture(String file) {
        String name = last(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    /**
     * Whether a file or folder was made by a system rather than by the user: thumbnails and bins of network drives, what archivers
     * and desktops leave behind, and hidden folders and files, unless those are named like pictures.
     *
     * @param name without the folders around it
     */
    public static boolean isLitter(String name, boolean folder) {
        return LITTER.contains(name.toLowerCase(Locale.ROOT))
                || name.startsWith(RESOURCE_FORK)
                || (isHidden(name) && (folder || !isPicture(name)));
    }

    /** Whether a name begins with a dot. */
    public static boolean isHidden(String name) {
        return name.startsWith(".");
    }

    /** How a file that is no picture is counted: by its extension, with the dot and in lower case. */
    static String kind(String file) {
        String name = last(file).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "no extension" : name.substring(dot);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
