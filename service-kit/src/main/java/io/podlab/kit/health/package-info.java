/** What every service says of its own health. */
package io.podlab.kit.health;
