package org.deutero.options;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Things of one kind that recipes can name, from all providers that are found: those that the thread's context class loader sees, to which plug-ins belong, and those
 * beside the provider's interface. Nothing is remembered from one call to the next, so every thread sees what its own class loader brings.
 *
 * @param kind what one is, for messages
 * @param entries by name, in the order of listings
 * @param <E> a thing
 */
public record Registry<E>(String kind, Map<String, E> entries) {
    /**
     * Looks for providers.
     *
     * @param kind what things are, in the singular, such as {@code method}
     * @param provider their interface
     * @param things what one provider brings, in the order of listings
     * @param name of a thing
     * @throws OptionsException if two providers bring things of one name, or a provider cannot be loaded
     */
    public static <P extends Provider, E> Registry<E> of(
            String kind, Class<P> provider, Function<P, List<E>> things, Function<E, String> name) {
        Map<String, E> entries = new LinkedHashMap<>();
        Map<String, P> owners = new LinkedHashMap<>();
        for (P one : providers(kind, provider)) {
            for (E thing : things.apply(one)) {
                P other = owners.putIfAbsent(name.apply(thing), one);
                if (other != null) {
                    throw new OptionsException("there are two of " + kind + " \"" + name.apply(thing) + "\": one of "
                            + other.getClass().getName() + " and one of "
                            + one.getClass().getName() + "; expected different names");
                }
                entries.put(name.apply(thing), thing);
            }
        }
        return new Registry<>(kind, entries);
    }

    private static <P extends Provider> List<P> providers(String kind, Class<P> provider) {
        Map<Class<?>, P> found = new LinkedHashMap<>();
        try {
            ServiceLoader.load(provider).forEach(one -> found.putIfAbsent(one.getClass(), one));
            ServiceLoader.load(provider, provider.getClassLoader())
                    .forEach(one -> found.putIfAbsent(one.getClass(), one));
        } catch (ServiceConfigurationError e) {
            throw new OptionsException("a plug-in with a " + kind + " cannot be loaded: " + e.getMessage(), e);
        }
        List<P> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparingInt(Provider::order)
                .thenComparing(one -> one.getClass().getName()));
        return sorted;
    }

    /** Their names, in the order of listings. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** All of them, in the order of listings. */
    public List<E> all() {
        return List.copyOf(entries.values());
    }

    /** The one of this name. */
    public Optional<E> named(String name) {
        return Optional.ofNullable(entries.get(name));
    }
}
