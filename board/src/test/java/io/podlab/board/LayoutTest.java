package io.podlab.board;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.podlab.kit.testing.LayoutRules;

@AnalyzeClasses(packagesOf = LayoutTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
  @ArchTest static final ArchTests RULES = ArchTests.in(LayoutRules.class);
}
