package org.deutero.tasks.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.deutero.tasks.DataException;
import org.deutero.tensor.files.FileReasons;

/**
 * Lines of values between commas, semicolons, tabs or bars, with quotes where a value holds the separator; no value spans lines.
 *
 * @param lines all lines; those that only say how the file is written are blank
 * @param declared the separator that a first line {@code sep=;} names, or 0
 */
record Csv(List<String> lines, char declared) {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    private static final String DECLARATION = "sep=";

    /** Reads a text file in UTF-8, or in UTF-16 if its first bytes say so, as spreadsheets write it. */
    static Csv read(Path file) {
        List<String> lines = lines(file);
        String first = lines.isEmpty() ? "" : lines.get(0).strip().replace("\"", "");
        boolean declares = first.toLowerCase(Locale.ROOT).startsWith(DECLARATION) && first.length() <= 5;
        if (!declares) {
            return new Csv(lines, (char) 0);
        }
        // Stripping has taken a tab away.
        char separator = first.length() == 5 ? first.charAt(4) : '\t';
        lines.set(0, "");
        return new Csv(lines, separator);
    }

    private static List<String> lines(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Charset charset = charset(bytes);
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            text = text.startsWith("\ufeff") ? text.substring(1) : text;
            try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
                return new ArrayList<>(reader.lines().toList());
            }
        } catch (CharacterCodingException e) {
            throw new DataException(
                    file
                            + " is not UTF-8 text (nor UTF-16); save it with that encoding, which spreadsheets call CSV UTF-8",
                    e);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read as a text file: " + FileReasons.of(e), e);
        }
    }

    /** By the byte order mark, or by where the zeros of plain letters are. */
    private static Charset charset(byte[] bytes) {
        if (bytes.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if ((first == 0xff && second == 0xfe) || (first != 0 && second == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return (first == 0xfe && second == 0xff) || (first == 0 && second != 0)
                ? StandardCharsets.UTF_16BE
                : StandardCharsets.UTF_8;
    }

    /**
     * The separator that the file names, or else the first that cuts a line into cells that are as they should be, or else a comma.
     *
     * @param line such as the header
     * @param fits what the cells should be
     */
    char separator(String line, Predicate<List<String>> fits) {
        if (declared != 0) {
            return declared;
        }
        for (char separator : SEPARATORS) {
            if (line.indexOf(separator) >= 0 && fits.test(cells(line, separator))) {
                return separator;
            }
        }
        return ',';
    }

    /** The values of one line, stripped. */
    static List<String> cells(String line, char separator) {
        // Lenient: a person wrote the file, and what a cell should have been is said better where it is used.
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreSurroundingSpaces(separator != '\t')
                .setTrim(true)
                .setTrailingData(true)
                .setLenientEof(true)
                .get();
        try (CSVParser parser = CSVParser.parse(line, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.isEmpty() ? List.of("") : records.get(0).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // no file is behind a line of text
        }
    }

    /** A line with the values quoted where they must be; commons-csv would also quote paths, which start with a slash. */
    static String line(String... cells) {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.isEmpty() ? "" : ",");
            boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0;
            line.append(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
        }
        return line.toString();
    }
}
