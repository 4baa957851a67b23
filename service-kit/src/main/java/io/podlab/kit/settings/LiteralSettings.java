package io.podlab.kit.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.Expressions;
import io.smallrye.config.Priorities;
import io.smallrye.config.SysPropConfigSource;
import jakarta.annotation.Priority;
import java.util.Locale;

/**
 * Takes what a variable or a system property says literally. The library would replace {@code
 * ${name}} and {@code $$} in it, and take a value that it cannot replace for none at all: a limit
 * would become no limit. What properties files say is still replaced.
 *
 * <p>An empty setting is refused, because some of our defaults are less strict than what the person
 * meant to say. Only {@code LAB_POD_…} may be empty: the kubelet fills them in, and a static pod
 * has no service account.
 */
@Priority(LiteralSettings.PRIORITY)
public final class LiteralSettings implements ConfigSourceInterceptor {
  /** Just below the library's interceptor for expressions, which sees what this one returns. */
  static final int PRIORITY = Priorities.LIBRARY + 290;

  private static final long serialVersionUID = 1L;
  private static final String OURS = "lab.";
  private static final String OF_THE_KUBELET = "lab.pod.";

  @Override
  public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue value = context.proceed(name);
    if (value == null || value.getValue() == null || !isOfAPerson(value)) {
      return value;
    }
    if (value.getValue().isBlank() && name.startsWith(OURS) && !name.startsWith(OF_THE_KUBELET)) {
      throw new ConfigurationException(variable(name) + " is empty; leave it out for its default");
    }
    // With expressions off, nothing would take the backslashes away again.
    return Expressions.isEnabled() ? value.withValue(value.getValue().replace("$", "\\$")) : value;
  }

  /** A .env file counts as variables. */
  private static boolean isOfAPerson(ConfigValue value) {
    String source = value.getConfigSourceName();
    return source != null
        && (source.startsWith(EnvConfigSource.NAME) || source.equals(SysPropConfigSource.NAME));
  }

  /** {@code LAB_POD_IP} for {@code lab.pod.ip}. */
  public static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
