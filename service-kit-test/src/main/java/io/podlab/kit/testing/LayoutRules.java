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
 * The rules of the layout, which each module takes over: {@code @ArchTest static final ArchTests
 * RULES = ArchTests.in(LayoutRules.class)}.
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
          .because("a newcomer finds the room for a change by what it does, not by its layer");

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices()
          .matching("io.podlab.*.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a feature must be readable without those that use it");

  @ArchTest
  static final ArchRule servicesAreApart =
      slices()
          .matching("io.podlab.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              JavaClass.Predicates.resideInAPackage("io.podlab.kit.."))
          .because("a service needs the kit, and no other service");

  @ArchTest
  static final ArchRule pathsAreServedByResources =
      classes()
          .that()
          .areAnnotatedWith("jakarta.ws.rs.Path")
          .should()
          .haveSimpleNameEndingWith("Resource")
          .andShould()
          .bePublic()
          .because("the name tells where HTTP ends and decisions begin")
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
          .because(
              "each feature documents its settings, with default and consequence, in one place")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule injectionIsByConstructor =
      fields()
          .should()
          .notBeAnnotatedWith(Inject.class)
          .because("what a class needs shows in its constructor, and a test can give it");

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
          .because("one line an event, and with LAB_LOG_JSON=true every line is JSON");

  private LayoutRules() {}
}
