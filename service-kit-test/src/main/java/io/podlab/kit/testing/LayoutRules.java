package io.podlab.kit.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.config.ConfigMapping;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Date;

/**
 * The layout rules of all modules: {@code @ArchTest static final ArchTests RULES =
 * ArchTests.in(LayoutRules.class)}.
 */
public final class LayoutRules {
  @ArchTest
  static final ArchRule packagesAreFeatures =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..service..",
              "..dto..",
              "..util..",
              "..utils..",
              "..model..",
              "..impl..",
              "..common..",
              "..helper..")
          .because("a newcomer looks for a feature, not for a layer");

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices()
          .matching("io.podlab.*.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a feature must be understandable without the features that use it");

  @ArchTest
  static final ArchRule servicesAreApart =
      slices()
          .matching("io.podlab.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              JavaClass.Predicates.resideInAPackage("io.podlab.kit.."))
          .because("a service depends only on the kit, not on other services");

  @ArchTest
  static final ArchRule pathsAreServedByResources =
      classes()
          .that()
          .areAnnotatedWith("jakarta.ws.rs.Path")
          .should()
          .haveSimpleNameEndingWith("Resource")
          .andShould()
          .bePublic()
          .because("the name shows which classes handle HTTP")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule configurationIsMapped =
      classes()
          .that()
          .areAnnotatedWith(ConfigMapping.class)
          .should()
          .haveSimpleNameEndingWith("Config")
          .andShould()
          .beInterfaces()
          .because("each feature documents its settings, defaults and consequences in one place")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule injectionIsByConstructor =
      fields()
          .should()
          .notBeAnnotatedWith(Inject.class)
          .because("the constructor shows the dependencies, and a test can pass them");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callConstructor(Date.class)
          .because("a test must be able to set the clock")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule stdoutIsTheLogs =
      noClasses()
          .that()
          .doNotHaveSimpleName("StartFailure")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("the log has one line per event, and each line is JSON with LAB_LOG_JSON=true");

  private LayoutRules() {}
}
