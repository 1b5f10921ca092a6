package org.deutero.tensor.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be used, in words: the exceptions of Java often carry the name alone, or nothing. */
public final class FileReasons {
    private FileReasons() {}

    /** Such as {@code no permission to use runs/a}; without a full stop. */
    public static String of(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (e instanceof DirectoryNotEmptyException full) {
            return "the folder " + full.getFile() + " is not empty";
        }
        if (e instanceof AccessDeniedException denied) {
            return "no permission to use " + denied.getFile();
        }
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof NotDirectoryException file) {
            return file.getFile() + " is not a folder";
        }
        if (e instanceof FileSystemLoopException loop) {
            return "the link " + loop.getFile() + " leads back to a folder around it";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        if (e instanceof CharacterCodingException) {
            return "it is not text in the expected encoding";
        }
        if (e instanceof EOFException && e.getMessage() == null) {
            return "it is cut off";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The reason of its cause. */
    public static String of(UncheckedIOException e) {
        return of(e.getCause());
    }
}
