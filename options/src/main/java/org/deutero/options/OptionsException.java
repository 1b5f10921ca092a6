package org.deutero.options;

/** A mistake in a recipe, told in one sentence that names the key, the value and what was expected. */
public final class OptionsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public OptionsException(String message) {
        super(message);
    }

    public OptionsException(String message, Throwable cause) {
        super(message, cause);
    }
}
