"""Which messages only want to a page of one's own, and which are requests, questions or answers after all."""

from __future__ import annotations

import pytest

from intake.errand import errand

PAGES = {
    "policy": (
        "I have read the AI policy", "I've read the policy", "i read the ai policy",
        "I have now read your AI policy.",
        "we have read the AI policy", "AI policy read", "Done reading the AI policy", "I acknowledge the AI policy",
        "I confirm that I have read the AI policy", "Where is the AI policy?", "show me the ai policy",
        "what does our AI policy say?", "How do I confirm that I have read the AI policy?",
        "where can I find the policy?",
        "Hi, I have read the new AI policy now, thanks", "Do we have an AI policy?",
        "I read through the policy on AI",
    ),
    "requests": (
        "where does my CV request stand?", "where is my request?", "Where does my request stand",
        "what is the status of my request?",
        "what's the status of my ChatGPT request?", "how far is my request?", "has my request been approved?",
        "any news on my request?", "what happened to my request?", "when will my request be decided?", "my requests",
        "who decides my request?", "is my request approved yet?", "show me my requests", "status of my application",
        "when will I hear about my request?", "which of my requests are still open?",
    ),
    "trainings": (
        "which trainings do I have to do?", "which training do i need", "what trainings must I complete?",
        "do I have to do any training?", "my trainings", "Is there any training for me?", "when is my training due?",
        "where do I find my training?", "I have done the training", "I've completed the AI literacy training",
        "what training is mandatory for me?", "show me my trainings",
    ),
}  # fmt: skip

OTHERS = (
    "I have read the AI policy and want to use ChatGPT for emails",
    "I have read that Otter can write minutes, may I use it?",
    "I read the AI policy with Claude",
    "Can I use Claude to write our AI policy?",
    "We'd like to use Copilot to draft the new AI policy",
    "What does the AI policy say about ChatGPT?",
    "Is ChatGPT allowed by the policy?",
    "summarise policies with ChatGPT",
    "which trainings can I build with ChatGPT?",
    "I want to use Synthesia to make trainings",
    "we train a model on our requests",
    "Has our Otter application been approved?",
    "What about our ChatGPT application?",
    "When is our AI hiring application ready?",
    "what is the status of our salesforce einstein application",
    "who looks at our job applications",
    "what about our Zendesk customer requests",
    "training a classifier for CVs",
    "a tool that answers my requests",
    "my request: Otter for our own meetings",
    "where does my data go in Otter?",
    "where is the data of my request stored by the tool?",
    "Has my request to use Otter for customer calls anything to do with privacy?",
    "I need training data for a model",
    "What AI tools can I use?",
    "Can I use Otter?",
    "hello",
    "yes",
    "internal",
    "sort CVs with Claude",
    "I did the training of our model on customer data",
    "the policy is nonsense",
    "I have not read the AI policy",
    "read policies aloud",
    "",
)


@pytest.mark.parametrize(("page", "words"), [(page, each) for page, said in PAGES.items() for each in said])
def test_a_phrase_leads_to_its_page(page: str, words: str) -> None:
    assert errand(words) == page


@pytest.mark.parametrize("words", OTHERS)
def test_what_says_anything_else_is_left_to_be_read(words: str) -> None:
    assert errand(words) is None
