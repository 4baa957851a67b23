/** The services of Podlab, and the folder of the project on this machine. */
package io.podlab.lab.project;
