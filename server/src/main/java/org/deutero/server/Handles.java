package org.deutero.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deutero.serve.Artifacts;
import org.deutero.serve.FewShotClassifier;
import org.deutero.tasks.DataException;
import org.deutero.tensor.io.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All classifiers of a server. Those that are not temporary lie in a folder, {@code LEARNER/ID.dtr}, before anybody hears of them, so that they are there again after
 * any end of the process. Thread-safe.
 */
final class Handles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Handles.class);
    private static final String SUFFIX = ".dtr";
    private static final Pattern ID = Pattern.compile("[a-z2-7]{26}");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Handle> all = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final Optional<Path> folder;
    private final ServerLimits limits;
    private Optional<FileChannel> lock = Optional.empty();

    private Handles(Optional<Path> folder, ServerLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Those of a folder, as far as they belong to these learners. */
    static Handles open(Optional<Path> folder, Set<String> learners, ServerLimits limits) {
        Handles handles = new Handles(folder, limits);
        try {
            handles.lock();
            for (String learner : learners) {
                if (folder.isPresent()) {
                    Path own = folder.get().resolve(learner);
                    Files.createDirectories(own);
                    AtomicFiles.removeLeftovers(own);
                    handles.load(learner, own);
                }
            }
        } catch (IOException e) {
            handles.close();
            throw new UncheckedIOException("the folder " + folder.get() + " of classifiers cannot be used", e);
        }
        return handles;
    }

    /** Two servers on one folder would not know of each other's classifiers. The lock ends with the process. */
    private void lock() throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        Files.createDirectories(folder.get());
        FileChannel channel =
                FileChannel.open(folder.get().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = Optional.of(channel);
        boolean ours;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) { // in this very process
            ours = false;
        }
        if (!ours) {
            close();
            throw new DataException("the folder " + folder.get() + " of classifiers is in use by another server");
        }
    }

    private void load(String learner, Path own) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(own)) {
            files = listed.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            String id = name.substring(0, name.length() - SUFFIX.length());
            if (!ID.matcher(id).matches()) {
                LOG.warn("{} is passed over: its name is not one that the server gives", file);
                continue;
            }
            try {
                FewShotClassifier classifier = Artifacts.classifier(file);
                Instant created = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
                all.put(id, new Handle(learner, id, created, false, classifier));
                taken.incrementAndGet();
            } catch (DataException e) {
                LOG.warn("{}; it is passed over", e.getMessage());
            }
        }
    }

    /**
     * Makes one and keeps it.
     *
     * @param made is asked only if there is room
     * @throws Problem 409 if there is none
     */
    Handle create(String learner, boolean temporary, Supplier<FewShotClassifier> made) {
        if (taken.incrementAndGet() > limits.classifiers()) {
            taken.decrementAndGet();
            throw new Problem(
                    409,
                    "too-many-classifiers",
                    "there are " + limits.classifiers() + " classifiers, which is the limit; delete some");
        }
        FewShotClassifier classifier = null;
        try {
            classifier = made.get();
            Handle handle =
                    new Handle(learner, newId(), Instant.now().truncatedTo(ChronoUnit.SECONDS), temporary, classifier);
            keep(handle, classifier);
            all.put(handle.id(), handle);
            return handle;
        } catch (RuntimeException | Error e) {
            taken.decrementAndGet();
            if (classifier != null) {
                classifier.close();
            }
            throw e;
        }
    }

    private void keep(Handle handle, FewShotClassifier classifier) {
        file(handle).ifPresent(classifier::save);
    }

    private Optional<Path> file(Handle handle) {
        return handle.temporary()
                ? Optional.empty()
                : folder.map(f -> f.resolve(handle.learner()).resolve(handle.id() + SUFFIX));
    }

    private String newId() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 26; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** @throws Problem 404 if this learner has none of that name */
    Handle get(String learner, String id) {
        Handle handle = ID.matcher(id).matches() ? all.get(id) : null;
        if (handle == null || !handle.learner().equals(learner)) {
            throw Problem.missing("the learner '" + learner + "' has no classifier of that name");
        }
        handle.touch();
        return handle;
    }

    /** Those of a learner, the oldest first. */
    List<Handle> of(String learner) {
        return all.values().stream()
                .filter(h -> h.learner().equals(learner))
                .sorted(Comparator.comparing(Handle::created).thenComparing(Handle::id))
                .toList();
    }

    int size() {
        return all.size();
    }

    /** Puts another classifier in the place of that of a handle, and frees the old one when nobody asks it any more. */
    void change(Handle handle, UnaryOperator<FewShotClassifier> change) {
        synchronized (handle) {
            FewShotClassifier old = handle.classifier();
            FewShotClassifier changed = change.apply(old);
            try {
                keep(handle, changed);
            } catch (RuntimeException | Error e) {
                changed.close();
                throw e;
            }
            if (all.get(handle.id()) != handle) { // deleted meanwhile
                file(handle).ifPresent(Handles::remove);
                changed.close();
                throw Problem.missing("the classifier was deleted meanwhile");
            }
            handle.replace(changed);
            old.close();
        }
    }

    void delete(Handle handle) {
        synchronized (handle) {
            if (all.remove(handle.id(), handle)) {
                taken.decrementAndGet();
                file(handle).ifPresent(Handles::remove);
                handle.classifier().close();
            }
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }

    /** Lets go of temporary ones that nobody has asked for long. */
    void sweep() {
        for (Handle handle : new ArrayList<>(all.values())) {
            if (handle.temporary() && handle.unusedFor() > limits.unused().toNanos()) {
                delete(handle);
            }
        }
    }

    /** Frees all; files stay. */
    @Override
    public void close() {
        all.values().forEach(h -> h.classifier().close());
        all.clear();
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            LOG.warn("the lock of {} cannot be given back: {}", folder.get(), e.getMessage());
        }
    }
}
