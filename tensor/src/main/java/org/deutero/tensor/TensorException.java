package org.deutero.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tensor operation that could not be carried out; the message is one sentence, the native trace is the cause. */
public final class TensorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final Pattern ALLOCATION = Pattern.compile("tried to allocate (\\d+) bytes");

    /** An error with the given message. */
    public TensorException(String message) {
        super(message);
    }

    /** An error with the given message and cause. */
    public TensorException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Cuts the two kilobytes of C++ frames that libtorch appends down to its first line. */
    static TensorException of(RuntimeException e) {
        if (e instanceof TensorException known) {
            return known;
        }
        if (e instanceof NullPointerException) {
            return new TensorException("a tensor was used after its scope had been closed, or is null", e);
        }
        String message = String.valueOf(e.getMessage());
        Matcher allocation = ALLOCATION.matcher(message);
        if (allocation.find()) {
            return new TensorException(
                    "out of memory: " + Memory.words(Double.parseDouble(allocation.group(1)))
                            + " more for a tensor are not to be had",
                    e);
        }
        int end = message.indexOf('\n');
        return new TensorException(end < 0 ? message : message.substring(0, end), e);
    }
}
