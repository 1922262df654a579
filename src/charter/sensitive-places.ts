/**
 * Places that are never recorded, whatever a charter says: sign-in, banking, health, HR, unions, personal mail.
 *
 * A charter can add to this list (`neverRecord`) and can never lift an entry. Used when content scripts are
 * registered and again in the background for each message.
 */

/** Match patterns of sensitive places, by kind. Paths are deliberately broad: losing a page costs nothing. */
const SENSITIVE_PLACES = {
  signIn: [
    '*://accounts.google.com/*',
    '*://login.microsoftonline.com/*',
    '*://login.live.com/*',
    '*://appleid.apple.com/*',
    '*://*.okta.com/*',
    '*://*.auth0.com/*',
    '*://*.onelogin.com/*',
    '*://*.duosecurity.com/*',
    '*://*/*login*',
    '*://*/*signin*',
    '*://*/*sign-in*',
    '*://*/*sign_in*',
    '*://*/*oauth*',
    '*://*/*password*',
    '*://*/*2fa*',
    '*://*/*mfa*',
  ],
  banking: [
    '*://*.paypal.com/*',
    '*://*.wise.com/*',
    '*://*.stripe.com/*',
    '*://*.revolut.com/*',
    '*://*/*checkout*',
  ],
  health: ['*://*.nhs.uk/*', '*://*.mychart.org/*', '*://*.doctolib.de/*', '*://*.doctolib.fr/*'],
  humanResources: [
    '*://*.workday.com/*',
    '*://*.myworkdayjobs.com/*',
    '*://*.personio.de/*',
    '*://*.bamboohr.com/*',
  ],
  unions: [
    '*://*.verdi.de/*',
    '*://*.igmetall.de/*',
    '*://*.tuc.org.uk/*',
    '*://*.aflcio.org/*',
    '*://*.cfdt.fr/*',
  ],
  personalMail: [
    '*://mail.google.com/*',
    '*://outlook.live.com/*',
    '*://mail.yahoo.com/*',
    '*://*.gmx.net/*',
    '*://*.web.de/*',
    '*://mail.proton.me/*',
  ],
} as const;

/** All built-in patterns in one list. */
export const SENSITIVE_PATTERNS: readonly string[] = Object.values(SENSITIVE_PLACES).flat();
