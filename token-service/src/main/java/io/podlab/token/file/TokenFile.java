package io.podlab.token.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.state.DurableFile;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tokens on disk, one JSON object a line. */
record TokenFile(Path path) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * A token and the line that it is in the file: encoding all of them again with every change would
   * cost more than the disk does.
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
   * The tokens by id; none if there is no file yet.
   *
   * @throws ConfigurationException naming the line that is no token, or one that is there twice;
   *     the file stays as it is
   */
  SortedMap<String, Entry> read() throws IOException {
    SortedMap<String, Entry> tokens = new TreeMap<>();
    if (!Files.exists(path)) {
      return tokens;
    }
    List<String> lines =
        new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        BootstrapToken token = JSON.readValue(lines.get(i), BootstrapToken.class);
        if (token == null || tokens.put(token.id(), Entry.of(token)) != null) {
          throw damaged(i + 1);
        }
      } catch (JsonProcessingException malformed) {
        // The cause would quote the line, and with it a secret.
        throw damaged(i + 1);
      }
    }
    return tokens;
  }

  private ConfigurationException damaged(int line) {
    return new ConfigurationException(
        "%s, line %d is no token; repair the file or move it away, it has not been touched"
            .formatted(path, line));
  }

  /** When this returns, the tokens survive a crash of the machine. */
  void write(Collection<Entry> tokens) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Entry token : tokens) {
      lines.writeBytes(token.line());
    }
    DurableFile.write(path, lines.toByteArray());
  }
}
