package io.podlab.lab.cluster;

import io.podlab.lab.process.SearchPath;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Headless Chromium, as Debian and Ubuntu install it. */
public final class Chromium implements AutoCloseable {
  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  public static void assumeThereIsOne() {
    Assumptions.assumeTrue(
        SearchPath.ofThisProcess().find("chromium").isPresent()
            && SearchPath.ofThisProcess().find("chromedriver").isPresent(),
        "Chromium is missing; install chromium and chromium-driver");
  }

  public static Chromium open(String page) {
    ChromeOptions options =
        new ChromeOptions()
            .setBinary(SearchPath.ofThisProcess().find("chromium").orElseThrow().toFile())
            .addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--window-size=1280,720");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(
                SearchPath.ofThisProcess().find("chromedriver").orElseThrow().toFile())
            .build();
    Chromium chromium = new Chromium(new ChromeDriver(service, options));
    try {
      chromium.driver.get(page);
      return chromium;
    } catch (RuntimeException | Error e) {
      chromium.close();
      throw e;
    }
  }

  void type(String selector, String text) {
    driver.findElement(By.cssSelector(selector)).sendKeys(text);
  }

  public String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  public void resize(int width) {
    driver.manage().window().setSize(new Dimension(width, 720));
  }

  @SuppressWarnings("unchecked")
  public <T> T evaluate(String script) {
    return (T) driver.executeScript(script);
  }

  /** One attribute of all elements, read in one script because elements change. */
  @SuppressWarnings("unchecked")
  public List<String> values(String selector, String attribute) {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map(e =>"
                + " e.getAttribute(arguments[1]))",
            selector,
            attribute);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
