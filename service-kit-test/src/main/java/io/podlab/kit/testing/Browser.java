package io.podlab.kit.testing;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium from the packages of Debian or Ubuntu; never downloads a browser. */
public final class Browser implements AutoCloseable {
  private static final Optional<Path> CHROMIUM = onThePath("chromium");
  private static final Optional<Path> DRIVER = onThePath("chromedriver");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  public static void assumeThereIsOne() {
    Assumptions.assumeTrue(
        CHROMIUM.isPresent() && DRIVER.isPresent(),
        "no browser found; install the Debian packages chromium and chromium-driver");
  }

  public static Browser open(URI page) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options =
        new ChromeOptions()
            .setBinary(CHROMIUM.orElseThrow().toFile())
            .addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--window-size=1280,900");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.orElseThrow().toFile())
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    try {
      browser.driver.get(page.toString());
      return browser;
    } catch (RuntimeException | Error e) {
      browser.close();
      throw e;
    }
  }

  /** The visible text of the first element; empty if no element matches. */
  public String text(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .findFirst()
        .map(WebElement::getText)
        .orElse("");
  }

  /** Types text, or sets the file of a file input to a path. */
  public void type(String selector, String text) {
    driver.findElement(By.cssSelector(selector)).sendKeys(text);
  }

  /** The text of all matching elements, including hidden ones. */
  public List<String> texts(String selector) {
    return evaluate(
        "return [...document.querySelectorAll('" + selector + "')].map(e => e.textContent)");
  }

  public String attribute(String selector, String name) {
    return driver.findElement(By.cssSelector(selector)).getDomAttribute(name);
  }

  public String style(String selector, String property) {
    return driver.findElement(By.cssSelector(selector)).getCssValue(property);
  }

  public void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  public void press(Keys key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  public void resize(Dimension screen) {
    driver.manage().window().setSize(screen);
  }

  public void reload() {
    driver.navigate().refresh();
  }

  /** Blocks requests for this address, as if the network were down. */
  public void block(URI address) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(address.toString())));
  }

  @SuppressWarnings("unchecked")
  public <T> T evaluate(String script) {
    return (T) ((JavascriptExecutor) driver).executeScript(script);
  }

  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The network events of the browser, as JSON. */
  public List<String> network() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static Optional<Path> onThePath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
