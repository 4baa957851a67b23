/** What the tests of every service share. */
package io.podlab.kit.testing;
