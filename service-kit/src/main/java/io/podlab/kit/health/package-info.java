/** Health checks that every service has. */
package io.podlab.kit.health;
