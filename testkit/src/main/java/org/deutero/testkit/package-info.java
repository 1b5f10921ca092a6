/** What tests of learners and estimators need: golden vectors and problems with closed forms. */
package org.deutero.testkit;
