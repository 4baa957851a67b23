/** What people may ask for, by a variable or a parameter, within bounds; and how it is refused. */
package io.podlab.demo.parameter;
