import type { Trigger } from "../events/sampleEvents.ts";

/** What `new` writes for one trigger: an example that an author changes into the workflow. */
export interface Template {
  /** When Kinde runs the workflow. */
  when: string;
  /** The member of the enum `WorkflowTrigger`. */
  member: string;
  /** TypeScript type of the event. */
  event: string;
  /** Members that Kinde's types lack, as a type to add to `event`. */
  untyped?: string;
  /** Name of the workflow when the author gives none. */
  name: string;
  imports: readonly string[];
  bindings: readonly string[];
  /** Body of the default function. */
  body: readonly string[];
  /** The same statements in the test of the workflow: the event, and what the run must give. */
  test: { title: string; change?: string; expected: string; actual: string };
}

/** One template for every trigger. Kinde's own examples use the same names of form fields. */
export const TEMPLATES: { readonly [T in Trigger]: Template } = {
  "user:tokens_generation": {
    when: "tokens are made for a user",
    ...{ member: "UserTokenGeneration", event: "onUserTokenGeneratedEvent", name: "userTokens" },
    imports: ["accessTokenCustomClaims"],
    bindings: ["kinde.accessToken"],
    body: [
      "const { user } = event.context;",
      "const claims = accessTokenCustomClaims<{ known_user: boolean }>();",
      'claims.known_user = user.id.startsWith("kp_");',
    ],
    test: {
      title: "writes its claim into the access token",
      ...{ expected: "{ known_user: true }", actual: "run.claims.accessToken" },
    },
  },
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
  "m2m:token_generation": {
    when: "a token is made for a machine",
    ...{ member: "M2MTokenGeneration", event: "onM2MTokenGeneratedEvent", name: "machineToken" },
    imports: ["m2mTokenClaims"],
    bindings: ["kinde.m2mToken"],
    body: [
      "const claims = m2mTokenClaims<{ client: string }>();",
      "claims.client = event.context.application.clientId;",
    ],
    test: {
      title: "writes its claim into the machine's token",
      change: 'event.context.application.clientId = "reports";',
      ...{ expected: '{ client: "reports" }', actual: "run.claims.m2mToken" },
    },
  },
  "user:existing_password_provided": {
    when: "a user gives a password that Kinde does not know",
    ...{
      member: "ExistingPasswordProvided",
      event: "onExistingPasswordProvidedEvent",
      name: "existingPassword",
    },
    imports: ["invalidateFormField"],
    bindings: ["kinde.widget"],
    body: [
      "const { password } = event.context.auth;",
      "if (password.length < 12) {",
      '  invalidateFormField("p_password", "The email or the password is wrong.");',
      "}",
    ],
    test: {
      title: "refuses a short password",
      change: 'event.context.auth.password = "short";',
      expected: '[{ field: "p_password", message: "The email or the password is wrong." }]',
      actual: "run.effects.invalidFields",
    },
  },
  "user:new_password_provided": {
    when: "a user chooses a new password",
    ...{
      member: "NewPasswordProvided",
      event: "onNewPasswordProvidedEvent",
      name: "newPassword",
    },
    imports: ["invalidateFormField"],
    bindings: ["kinde.widget"],
    body: [
      "const { firstPassword } = event.context.auth;",
      "if (firstPassword.length < 12) {",
      '  invalidateFormField("p_first_password", "Use 12 characters or more.");',
      "}",
    ],
    test: {
      title: "refuses a short password",
      change: 'event.context.auth.firstPassword = "short";',
      expected: '[{ field: "p_first_password", message: "Use 12 characters or more." }]',
      actual: "run.effects.invalidFields",
    },
  },
  "user:plan_selection": {
    when: "a user selects a plan",
    ...{ member: "PlanSelection", event: "onPlanSelection", name: "planSelection" },
    imports: ["denyPlanSelection"],
    bindings: ["kinde.plan"],
    body: [
      "const { requestedPlanCode } = event.context.billing;",
      'if (requestedPlanCode === "enterprise") denyPlanSelection("Please talk to us first.", []);',
    ],
    test: {
      title: "denies the enterprise plan",
      change: 'event.context.billing.requestedPlanCode = "enterprise";',
      expected: '{ message: "Please talk to us first.", reasons: [] }',
      actual: "run.effects.planSelectionDenied",
    },
  },
  "user:plan_cancellation_request": {
    when: "a user asks to cancel a plan",
    ...{
      member: "PlanCancellationRequest",
      event: "onPlanCancellationRequest",
      name: "planCancellation",
    },
    imports: ["denyPlanCancellation"],
    bindings: ["kinde.plan"],
    body: [
      "const { currentPlanCode } = event.context.billing;",
      'if (currentPlanCode === "yearly") denyPlanCancellation("The year is not over yet.");',
    ],
    test: {
      title: "keeps the yearly plan",
      change: 'event.context.billing.currentPlanCode = "yearly";',
      expected: '{ message: "The year is not over yet." }',
      actual: "run.effects.planCancellationDenied",
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
};

export const TRIGGERS = Object.keys(TEMPLATES) as readonly Trigger[];
