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
 * All keys and values at one moment. Values that are UTF-8 are {@code data}, all others {@code
 * binaryData}, independent of how the author of the ConfigMap split them: a mounted volume does not
 * have this information.
 *
 * @param data values that are UTF-8, as text
 * @param binaryData all other values, in base64
 * @param bytes size of all values, as the API server counts them
 * @param revision a hash of all keys and values, 16 hex digits
 */
public record Snapshot(
    SortedMap<String, String> data,
    SortedMap<String, String> binaryData,
    int bytes,
    String revision) {
  /** The limit of the API server for the values of a ConfigMap, in bytes. */
  public static final int MOST_BYTES = 1024 * 1024;

  public Snapshot {
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    binaryData = Collections.unmodifiableSortedMap(new TreeMap<>(binaryData));
  }

  public static Snapshot of(SortedMap<String, byte[]> values) {
    SortedMap<String, String> data = new TreeMap<>();
    SortedMap<String, String> binaryData = new TreeMap<>();
    int bytes = 0;
    for (Map.Entry<String, byte[]> entry : values.entrySet()) {
      bytes += entry.getValue().length;
      Optional<String> text = utf8(entry.getValue());
      if (text.isPresent()) {
        data.put(entry.getKey(), text.get());
      } else {
        binaryData.put(entry.getKey(), Base64.getEncoder().encodeToString(entry.getValue()));
      }
    }
    return new Snapshot(data, binaryData, bytes, revision(values));
  }

  /**
   * @param data text, or null
   * @param binaryData base64, or null
   * @throws IllegalArgumentException if a value of {@code binaryData} is not base64
   */
  public static Snapshot of(Map<String, String> data, Map<String, String> binaryData) {
    SortedMap<String, byte[]> values = new TreeMap<>();
    if (data != null) {
      data.forEach((key, value) -> values.put(key, bytes(value)));
    }
    if (binaryData != null) {
      binaryData.forEach((key, value) -> values.put(key, Base64.getDecoder().decode(value)));
    }
    return of(values);
  }

  private static byte[] bytes(String value) {
    return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
  }

  public boolean isEmpty() {
    return data.isEmpty() && binaryData.isEmpty();
  }

  private static Optional<String> utf8(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  /** Hashes a length before each part, so that no value can look like a key. */
  private static String revision(SortedMap<String, byte[]> values) {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (Map.Entry<String, byte[]> entry : values.entrySet()) {
      for (byte[] part : new byte[][] {bytes(entry.getKey()), entry.getValue()}) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        sha256.update(part);
      }
    }
    return HexFormat.of().formatHex(sha256.digest()).substring(0, 16);
  }
}
