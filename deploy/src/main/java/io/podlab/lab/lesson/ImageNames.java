package io.podlab.lab.lesson;

import io.podlab.lab.project.ImageName;
import io.podlab.lab.project.Service;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces the image names of lessons. Lessons use {@code podlab/SERVICE:VERSION}; another registry
 * has the names that {@code lab images --registry R --tag T --push} pushed.
 *
 * @param registry the prefix of {@code podlab/}; empty for none
 * @param tag empty for the tag in the text
 */
public record ImageNames(Optional<String> registry, Optional<String> tag) {
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?<![\\w./:-])podlab/("
              + Arrays.stream(Service.values()).map(Service::title).collect(Collectors.joining("|"))
              + "):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})");

  public ImageNames {
    registry.ifPresent(ImageName::registry);
    tag.ifPresent(ImageName::tag);
  }

  /** The text with the replaced image names. */
  public String in(String text) {
    return IMAGE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(name(match.group(1), match.group(2))));
  }

  /** All image names of a service in the text. */
  static Set<String> named(Service service, String text) {
    Pattern name =
        Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9.:/_-]*/podlab/X:[\\w.-]+|podlab/X:[\\w.-]+"
                .replace("X", service.title()));
    return name.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The image name of a service. */
  String of(Service service, String version) {
    return name(service.title(), version);
  }

  private String name(String service, String itsTag) {
    return registry.map(host -> host + "/").orElse("")
        + "podlab/"
        + service
        + ":"
        + tag.orElse(itsTag);
  }
}
