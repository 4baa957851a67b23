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
 * Reads environment variables and system properties literally. SmallRye Config would expand {@code
 * ${name}} and {@code $$} in them, and treat a value that it cannot expand as missing: a limit
 * would become no limit. Properties files still expand.
 *
 * <p>An empty setting is an error, because the person might expect a limit where the default has
 * none. Only {@code LAB_POD_…} can be empty: the kubelet sets them, and a static pod has no service
 * account.
 */
@Priority(LiteralSettings.PRIORITY)
public final class LiteralSettings implements ConfigSourceInterceptor {
  /** Just below the interceptor that expands expressions, which sees the values returned here. */
  static final int PRIORITY = Priorities.LIBRARY + 290;

  private static final long serialVersionUID = 1L;
  private static final String OURS = "lab.";
  private static final String SET_BY_KUBELET = "lab.pod.";

  @Override
  public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue value = context.proceed(name);
    if (value == null || value.getValue() == null || !isFromOutside(value)) {
      return value;
    }
    if (value.getValue().isBlank() && name.startsWith(OURS) && !name.startsWith(SET_BY_KUBELET)) {
      throw new ConfigurationException(empty(variable(name)));
    }
    // With expressions disabled, no interceptor would remove the backslashes.
    return Expressions.isEnabled() ? value.withValue(value.getValue().replace("$", "\\$")) : value;
  }

  /** Whether the value is from a variable, a .env file or a system property. */
  private static boolean isFromOutside(ConfigValue value) {
    String source = value.getConfigSourceName();
    return source != null
        && (source.startsWith(EnvConfigSource.NAME) || source.equals(SysPropConfigSource.NAME));
  }

  /** The message for a variable that is set, but empty. */
  public static String empty(String variable) {
    return variable + " is empty; set a value, or unset it to use the default";
  }

  /** The variable of a property: {@code LAB_POD_IP} for {@code lab.pod.ip}. */
  public static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
