/** Classic control: worlds whose bodies follow equations of motion. */
package org.deutero.tasks.control;
