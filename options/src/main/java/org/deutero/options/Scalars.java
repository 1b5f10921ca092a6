package org.deutero.options;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the scalars of a YAML or JSON tree; an empty result means "not of that type". */
final class Scalars {
    /** YAML 1.1 takes 1e-3 for text because it has no point, so numbers are also looked for in text. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private Scalars() {}

    static Optional<Double> number(Object value) {
        return decimal(value).map(BigDecimal::doubleValue).filter(Double::isFinite);
    }

    /** A whole number; 1e5 and 10.0 are whole, 0.5 is not. */
    static Optional<Long> whole(Object value) {
        return decimal(value).flatMap(decimal -> {
            try {
                return Optional.of(decimal.longValueExact());
            } catch (ArithmeticException notWhole) {
                return Optional.empty();
            }
        });
    }

    static Optional<Boolean> flag(Object value) {
        if (value instanceof Boolean flag) {
            return Optional.of(flag);
        }
        return "true".equals(value) || "false".equals(value) ? Optional.of("true".equals(value)) : Optional.empty();
    }

    /** Text; an unquoted number or truth value stands for its own spelling. */
    static Optional<String> text(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value.toString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    private static Optional<BigDecimal> decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof BigInteger integer) {
            return Optional.of(new BigDecimal(integer));
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? Optional.of(new BigDecimal(value.toString())) : Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(BigDecimal.valueOf(number.longValue()));
        }
        return value instanceof String text && DECIMAL.matcher(text.strip()).matches()
                ? Optional.of(new BigDecimal(text.strip()))
                : Optional.empty();
    }
}
