import type { Template } from "./Template.ts";

/**
 * Triggers at which a user registers or signs in. The names of form fields, such as `p_username`,
 * are those of Kinde's own examples.
 */
export const SIGN_IN = {
  "user:pre_mfa": {
    when: "a user is about to be asked for a second factor",
    ...{ member: "UserPreMFA", event: "onUserPreMFA", name: "preMfa" },
    imports: ["setEnforcementPolicy"],
    bindings: ["kinde.mfa"],
    body: ['if (event.context.mfa.isUserRoleExempt) setEnforcementPolicy("skip");'],
    test: {
      title: "skips the second factor for an exempt role",
      change: "event.context.mfa.isUserRoleExempt = true;",
      ...{ expected: '"skip"', actual: "run.effects.mfaPolicy" },
    },
  },
  "user:post_authentication": {
    when: "a user has signed in",
    ...{
      member: "PostAuthentication",
      event: "onPostAuthenticationEvent",
      name: "postAuthentication",
    },
    imports: ["denyAccess"],
    bindings: ["kinde.auth"],
    body: [
      "const { auth } = event.context;",
      'if (auth.isNewUserRecordCreated) denyAccess("Registration is closed.");',
    ],
    test: {
      title: "denies access to a new user",
      change: "event.context.auth.isNewUserRecordCreated = true;",
      ...{ expected: '{ reason: "Registration is closed." }', actual: "run.effects.accessDenied" },
    },
  },
  "user:pre_registration": {
    when: "a user is about to register",
    ...{
      member: "UserPreRegistration",
      event: "onUserPreRegistrationEvent",
      name: "preRegistration",
    },
    untyped: "{ context: { user: { email: string } } }",
    imports: ["denyAccess"],
    bindings: ["kinde.auth"],
    body: [
      "const { email } = event.context.user;",
      'if (email.endsWith("@example.org")) denyAccess("Please use the email of your company.");',
    ],
    test: {
      title: "denies access to a private email",
      change: 'event.context.user.email = "ada@example.org";',
      expected: '{ reason: "Please use the email of your company." }',
      actual: "run.effects.accessDenied",
    },
  },
  "user:new_username_provided": {
    when: "a user chooses a new username",
    ...{ member: "NewUsernameProvided", event: "onNewUsernameProvidedEvent", name: "newUsername" },
    imports: ["invalidateFormField"],
    bindings: ["kinde.widget"],
    body: [
      "const { suppliedUsername } = event.context.auth;",
      'if (suppliedUsername === "admin") {',
      '  invalidateFormField("p_username", "This username is taken.");',
      "}",
    ],
    test: {
      title: "refuses a reserved username",
      change: 'event.context.auth.suppliedUsername = "admin";',
      expected: '[{ field: "p_username", message: "This username is taken." }]',
      actual: "run.effects.invalidFields",
    },
  },
} satisfies Record<string, Template>;
