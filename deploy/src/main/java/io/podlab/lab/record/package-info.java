/** A student's record: which lessons passed, failed or were skipped, when, and on which cluster. */
package io.podlab.lab.record;
