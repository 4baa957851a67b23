/** What Podlab is made of, and where it lies on this machine. */
package io.podlab.lab.project;
