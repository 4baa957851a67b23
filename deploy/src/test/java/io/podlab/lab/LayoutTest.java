package io.podlab.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import picocli.CommandLine.Command;

/** The layout rules of the lab program. */
@AnalyzeClasses(packagesOf = LayoutTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
  @ArchTest
  static final ArchRule packagesAreFeatures =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..helper..")
          .because("a newcomer finds the room for a change by what it does, not by its layer");

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices()
          .matching("io.podlab.lab.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a command must be readable without the others");

  @ArchTest
  static final ArchRule subcommandsSayThatTheyAre =
      classes()
          .that()
          .areAnnotatedWith(Command.class)
          .and()
          .resideOutsideOfPackage("io.podlab.lab")
          .should()
          .haveSimpleNameEndingWith("Command")
          .because("the class of `lab up` is found as UpCommand");

  @ArchTest
  static final ArchRule terminalIsWrittenToInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.podlab.lab.console")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("results go to stdout, the rest to stderr, and a test can read both");

  @ArchTest
  static final ArchRule processesAreStartedInOnePlace =
      noClasses()
          .should()
          .callConstructor(ProcessBuilder.class, String[].class)
          .because("Command quotes nothing, closes stdin, and says which program is missing");
}
