package io.podlab.token.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.podlab.kit.state.DurableFile;
import io.podlab.kit.state.DurableFile.NotDurableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TokenRules;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The tokens on disk, one JSON object per line. */
record TokenFile(Path path, Writer writer) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** {@link DurableFile#write(Path, byte[])}; tests replace it to simulate a failing disk. */
  interface Writer {
    void write(Path file, byte[] content) throws IOException;
  }

  /**
   * A token and its line in the file. Encoding all tokens again for every change would take longer
   * than the write.
   */
  record Entry(BootstrapToken token, byte[] line) {
    static Entry of(BootstrapToken token) {
      try {
        return new Entry(
            token, (JSON.writeValueAsString(token) + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a record of text can be written as JSON", e);
      }
    }

    boolean hasExpired(Instant now) {
      return token.hasExpired(now);
    }
  }

  /**
   * Reads the tokens by ID; empty if the file does not exist.
   *
   * @throws ConfigurationException naming a line that is not a token in our form, or that repeats a
   *     token; the file is not changed
   */
  SortedMap<String, Entry> read() throws IOException {
    SortedMap<String, Entry> tokens = new TreeMap<>();
    if (!Files.exists(path)) {
      return tokens;
    }
    byte[] content = Files.readAllBytes(path);
    int number = 1;
    for (int start = 0; start < content.length; number++) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      byte[] line = Arrays.copyOfRange(content, start, Math.min(end + 1, content.length));
      Entry entry = parsed(line).orElseThrow(damaged(number));
      if (tokens.put(entry.token().id(), entry) != null) {
        throw damaged(number).get();
      }
      start = end + 1;
    }
    return tokens;
  }

  /**
   * Accepts only a line that this class would write byte for byte. JSON allows missing and repeated
   * fields, and a decoder replaces invalid UTF-8; the next write would make such a loss permanent.
   */
  private static Optional<Entry> parsed(byte[] line) {
    try {
      return Optional.ofNullable(JSON.readValue(line, BootstrapToken.class))
          .filter(TokenRules::allow)
          .map(Entry::of)
          .filter(entry -> Arrays.equals(entry.line(), line));
    } catch (IOException malformed) {
      // The message would quote the line, which contains a secret.
      return Optional.empty();
    }
  }

  private Supplier<ConfigurationException> damaged(int line) {
    return () ->
        new ConfigurationException(
            "line %2$d of %1$s is not a token; repair the file or move it away (it was not changed)"
                .formatted(path, line));
  }

  /**
   * Writes all tokens. After this method returns, they survive a crash of the machine.
   *
   * @throws NotDurableException if the file is written, but may be lost in a crash
   */
  void write(Collection<Entry> tokens) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Entry token : tokens) {
      lines.writeBytes(token.line());
    }
    writer.write(path, lines.toByteArray());
  }
}
