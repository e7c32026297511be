import client from '@sendgrid/client';
import mail from '@sendgrid/mail';

// Both packages export a process-wide singleton and hang its class on it; their type files describe the class in a way that ECMAScript
// modules cannot import. Only the classes are taken from here.
export type SendGridClient = typeof client;
export type SendGridMailService = typeof mail;
export const Client = (client as unknown as { Client: new () => SendGridClient }).Client;
export const MailService = (mail as unknown as { MailService: new () => SendGridMailService }).MailService;
