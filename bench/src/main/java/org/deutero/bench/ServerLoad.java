package org.deutero.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;

/**
 * Load on a server that runs already: {@code ServerLoad ADDRESS [CLIENTS [CLASSIFIERS [SECONDS [PID]]]]}, by default 200 clients that ask 50 classifiers for 60 seconds without a pause. Prints throughput, percentiles of
 * the time that an answer takes, how often which status came, and, with the server's process id on Linux, its resident memory every tenth of the time.
 */
public final class ServerLoad {
    private static final Pattern ID = Pattern.compile("\"id\":\"([a-z2-7]+)\"");
    private static final int CLASSES = 5;
    private static final int QUESTIONS = 40;
    private static final int TENTHS = 10;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String classifiers;
    private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();

    private ServerLoad(String address) {
        classifiers = address.replaceAll("/$", "") + "/v1/learners/omniglot/classifiers";
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 0) {
            System.err.println("usage: ServerLoad ADDRESS [CLIENTS [CLASSIFIERS [SECONDS [PID]]]]");
            System.exit(2);
        }
        new ServerLoad(arguments[0])
                .run(
                        number(arguments, 1, 200),
                        number(arguments, 2, 50),
                        number(arguments, 3, 60),
                        number(arguments, 4, 0));
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    private static byte[] drawing(int character, int item) {
        Picture drawing = Omniglot.drawing(Omniglot.vinyals().test().get(character), item);
        return drawing.png();
    }

    private HttpResponse<String> post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String made(int number) throws IOException, InterruptedException {
        List<String> classes = new ArrayList<>();
        for (int c = 0; c < CLASSES; c++) {
            classes.add("\"c" + c + "\":[\"" + Base64.getEncoder().encodeToString(drawing(number + c, 0)) + "\"]");
        }
        String body = "{\"classes\":{" + String.join(",", classes) + "}}";
        HttpResponse<String> reply =
                post(classifiers, "application/json", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Matcher id = ID.matcher(reply.body());
        if (!id.find()) {
            throw new IOException("no classifier was made: " + reply.body());
        }
        return id.group(1);
    }

    private void run(int clients, int count, int seconds, int pid) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(made(i));
        }
        List<byte[]> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(drawing(i, 1 + i % 19));
        }
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long[][] times = new long[clients][];
        List<Thread> threads = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            int client = c;
            Thread thread = new Thread(() -> times[client] = ask(new SplittableRandom(client), ids, questions, end));
            thread.start();
            threads.add(thread);
        }
        for (int i = 0; i <= TENTHS && pid > 0; i++) {
            System.out.println(resident(pid));
            Thread.sleep(i < TENTHS ? seconds * 1000L / TENTHS : 0);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%d answers in %d s, %.0f a second; milliseconds: median %.1f, 90 %% %.1f, 99 %% %.1f, longest %.1f; by status %s%n",
                all.length,
                seconds,
                (double) all.length / seconds,
                at(all, 0.5),
                at(all, 0.9),
                at(all, 0.99),
                at(all, 1),
                new TreeMap<>(statuses));
    }

    private long[] ask(SplittableRandom random, List<String> ids, List<byte[]> questions, long end) {
        List<Long> times = new ArrayList<>();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            int status;
            try {
                String path = classifiers + "/" + ids.get(random.nextInt(ids.size())) + "/predict";
                status = post(path, "image/png", questions.get(random.nextInt(questions.size())))
                        .statusCode();
            } catch (IOException e) {
                status = -1;
            } catch (InterruptedException e) {
                break;
            }
            times.add(System.nanoTime() - start);
            statuses.computeIfAbsent(status, s -> new LongAdder()).increment();
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }

    private static String resident(int pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Integer.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("");
    }
}
