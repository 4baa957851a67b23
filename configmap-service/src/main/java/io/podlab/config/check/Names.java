package io.podlab.config.check;

import io.podlab.config.settings.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code apimachinery/pkg/util/validation}: why a text is no name, in the API server's words. */
final class Names {
  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String LABEL_VALUE = "(" + QUALIFIED + ")?";
  private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";

  private static final int LONGEST_SUBDOMAIN = 253;
  private static final int LONGEST_NAME = 63;

  private Names() {}

  /** {@code Invalid value: "…": why}, for each reason. */
  static List<String> invalid(String field, String value, List<String> reasons) {
    return reasons.stream()
        .map(why -> "%s: Invalid value: %s: %s".formatted(field, Shown.quoted(value), why))
        .toList();
  }

  static List<String> configKey(String key) {
    List<String> reasons = new ArrayList<>();
    if (key.length() > LONGEST_SUBDOMAIN) {
      reasons.add("must be no more than 253 characters");
    }
    if (!Pattern.matches(CONFIG_KEY, key)) {
      reasons.add(
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
              + " (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '"
              + CONFIG_KEY
              + "')");
    }
    if (key.equals(".") || key.equals("..")) {
      reasons.add("must not be '" + key + "'");
    } else if (key.startsWith("..")) {
      reasons.add("must not start with '..'");
    }
    return reasons;
  }

  static List<String> subdomain(String text) {
    List<String> reasons = new ArrayList<>();
    if (Utf8.length(text) > LONGEST_SUBDOMAIN) {
      reasons.add("must be no more than 253 characters");
    }
    if (!matches(text, SUBDOMAIN)) {
      reasons.add(
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character (e.g."
              + " 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
    }
    return reasons;
  }

  /** Of labels, annotations and finalizers: {@code example.com/name}. */
  static List<String> qualified(String text) {
    List<String> reasons = new ArrayList<>();
    String syntax =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
            + " validation is '"
            + QUALIFIED
            + "')";
    String[] parts = text.split("/", 3);
    if (parts.length > 2) {
      return List.of(
          "a qualified name "
              + syntax
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        reasons.add("prefix part must be non-empty");
      } else {
        subdomain(parts[0]).forEach(why -> reasons.add("prefix part " + why));
      }
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      reasons.add("name part must be non-empty");
    } else if (Utf8.length(name) > LONGEST_NAME) {
      reasons.add("name part must be no more than 63 characters");
    }
    if (!matches(name, QUALIFIED)) {
      reasons.add("name part " + syntax);
    }
    return reasons;
  }

  /** As the name of a namespace must be. */
  static boolean isLabel(String text) {
    return text.length() <= LONGEST_NAME && !text.contains(".") && subdomain(text).isEmpty();
  }

  static List<String> labelValue(String text) {
    List<String> reasons = new ArrayList<>();
    if (Utf8.length(text) > LONGEST_NAME) {
      reasons.add("must be no more than 63 characters");
    }
    if (!matches(text, LABEL_VALUE)) {
      reasons.add(
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
              + " 'my_value',  or '12345', regex used for validation is '"
              + LABEL_VALUE
              + "')");
    }
    return reasons;
  }

  /** What is too long by far is told so, and not searched for what else is wrong. */
  private static boolean matches(String text, String pattern) {
    return text.length() > 2 * LONGEST_SUBDOMAIN || Pattern.matches(pattern, text);
  }
}
