package io.podlab.demo.content;

import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names in a directory.
 *
 * @param entries sorted names without hidden files; names of directories end with a slash
 * @param complete false if the directory has more than {@link #MOST_ENTRIES} entries
 */
public record Listing(List<String> entries, boolean complete) implements PlainText {
  static final int MOST_ENTRIES = 1000;

  public Listing {
    entries = List.copyOf(entries);
  }

  /**
   * @param root links must not lead outside of it
   * @param asked path of the directory below the root
   * @return empty if the directory no longer exists
   */
  static Optional<Listing> of(Path root, String asked, Path directory) {
    List<String> names = new ArrayList<>();
    boolean complete = true;
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        Optional<Entry> entry =
            Entry.isHidden(name)
                ? Optional.empty()
                : Entry.find(root, asked.isEmpty() ? name : asked + "/" + name);
        if (entry.isPresent() && names.size() == MOST_ENTRIES) {
          complete = false;
          break;
        }
        entry.ifPresent(found -> names.add(found.isDirectory() ? name + "/" : name));
      }
    } catch (IOException | DirectoryIteratorException gone) {
      return Optional.empty();
    }
    names.sort(null);
    return Optional.of(new Listing(names, complete));
  }

  @Override
  public String plainText() {
    StringBuilder lines = new StringBuilder();
    entries.forEach(name -> lines.append(Printable.line(name)).append('\n'));
    if (!complete) {
      lines.append("… (more than 1000 names)\n");
    }
    return lines.toString();
  }
}
