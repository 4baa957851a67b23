package io.podlab.config.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All keys and values of one moment, split as a ConfigMap splits them.
 *
 * @param data values that are UTF-8, as text
 * @param binaryData the others, in base64
 * @param revision a hash of all keys and values; equal if and only if they are
 */
public record Snapshot(
    SortedMap<String, String> data, SortedMap<String, String> binaryData, String revision) {
  public Snapshot {
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    binaryData = Collections.unmodifiableSortedMap(new TreeMap<>(binaryData));
  }

  static Snapshot of(SortedMap<String, byte[]> files) {
    SortedMap<String, String> data = new TreeMap<>();
    SortedMap<String, String> binaryData = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Optional<String> text = utf8(file.getValue());
      if (text.isPresent()) {
        data.put(file.getKey(), text.get());
      } else {
        binaryData.put(file.getKey(), Base64.getEncoder().encodeToString(file.getValue()));
      }
    }
    return new Snapshot(data, binaryData, revision(files));
  }

  private static Optional<String> utf8(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  /** Lengths go in before what they measure, so that no value can pass for a key. */
  private static String revision(SortedMap<String, byte[]> files) {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      for (byte[] part :
          new byte[][] {file.getKey().getBytes(StandardCharsets.UTF_8), file.getValue()}) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        sha256.update(part);
      }
    }
    return HexFormat.of().formatHex(sha256.digest()).substring(0, 16);
  }
}
