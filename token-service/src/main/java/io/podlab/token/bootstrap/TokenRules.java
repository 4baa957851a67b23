package io.podlab.token.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The rules for a new token: kubeadm's (apis/kubeadm/validation), and size limits of our own. */
public final class TokenRules {
  public static final Set<String> USAGES = Set.of("signing", "authentication");

  /** The pattern as in kubeadm's error message. */
  public static final String GROUP_FORM = "\\Asystem:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]\\z";

  public static final int MOST_GROUPS = 16;

  /** Bytes in UTF-8. */
  public static final int LONGEST_DESCRIPTION = 1024;

  private static final Pattern GROUP = Pattern.compile(GROUP_FORM);

  private TokenRules() {}

  public static boolean isGroup(String group) {
    return GROUP.matcher(group).matches();
  }

  /** Whether {@code kubeadm join --token} can use a token, which needs both usages. */
  public static boolean canJoin(List<String> usages) {
    return usages.containsAll(USAGES);
  }

  /** Whether a token can log in, which {@code kubeadm join --discovery-file} needs. */
  public static boolean canAuthenticate(List<String> usages) {
    return usages.contains("authentication");
  }

  /** Whether the text is one line of at most {@link #LONGEST_DESCRIPTION} bytes. */
  public static boolean isDescription(String description) {
    return description.getBytes(StandardCharsets.UTF_8).length <= LONGEST_DESCRIPTION
        && description.codePoints().noneMatch(TokenRules::breaksALine);
  }

  private static boolean breaksALine(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** Whether a client could have created this token. */
  public static boolean allow(BootstrapToken token) {
    return USAGES.containsAll(token.usages())
        && List.copyOf(new TreeSet<>(token.usages())).equals(token.usages())
        && (token.groups().isEmpty() || canAuthenticate(token.usages()))
        && token.groups().size() <= MOST_GROUPS
        && token.groups().stream().allMatch(TokenRules::isGroup)
        && isDescription(token.description());
  }
}
