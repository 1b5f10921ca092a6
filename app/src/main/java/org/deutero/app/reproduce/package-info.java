/** Published experiments at reduced scale, with the figure that each must reach: what {@code deutero reproduce} runs. */
package org.deutero.app.reproduce;
